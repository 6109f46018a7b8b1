/** Id of the panel with the findings. */
export const READING_PANEL = 'reading';
