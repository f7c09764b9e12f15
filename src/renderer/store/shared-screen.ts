import { createSlice, type PayloadAction } from '@reduxjs/toolkit';

/** Whether others look at this screen too, as in a meeting: nothing of other clients comes on it by a key. */
export const sharedScreenSlice = createSlice({
  name: 'sharedScreen',
  initialState: false,
  reducers: { screenShared: (_state, { payload }: PayloadAction<boolean>) => payload },
});

export const { screenShared } = sharedScreenSlice.actions;
