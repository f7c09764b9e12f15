import { useEffect } from 'react';
import { screenShared } from '#renderer/store/shared-screen.ts';
import { useAppDispatch } from '#renderer/store/store.ts';

/** Says to the rest of the window that others look at it too, for as long as they do. */
export const useSharedScreen = (isShared: boolean): void => {
  const dispatch = useAppDispatch();
  useEffect(() => {
    dispatch(screenShared(isShared));
    return () => {
      dispatch(screenShared(false));
    };
  }, [dispatch, isShared]);
};
