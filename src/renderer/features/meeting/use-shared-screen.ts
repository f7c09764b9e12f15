import { useLayoutEffect } from 'react';
import { screenShared } from '#renderer/store/shared-screen.ts';
import { useAppDispatch } from '#renderer/store/store.ts';

/** Says to the rest of the window that others look at it too, before they do and for as long as they do. */
export const useSharedScreen = (isShared: boolean): void => {
  const dispatch = useAppDispatch();
  useLayoutEffect(() => {
    dispatch(screenShared(isShared));
    return () => {
      dispatch(screenShared(false));
    };
  }, [dispatch, isShared]);
};
