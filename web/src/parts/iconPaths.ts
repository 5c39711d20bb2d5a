/** Strokes of the icons, on a grid of 16 by 16. */
export const iconPaths = {
  check: 'M3 8.5l3.3 3.3L13 4.8',
  cross: 'M4 4l8 8M12 4l-8 8',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  stop: 'M4.5 4.5h7v7h-7z',
  dot: 'M5 8h6',
  skip: 'M3.5 4l4.5 4-4.5 4M8.5 4l4.5 4-4.5 4',
  running: 'M8 2.5a5.5 5.5 0 1 1-5.5 5.5',
  clock: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M8 4.8V8l2.3 1.5',
  lock: 'M4 7.2h8v6H4zM5.7 7V5.3a2.3 2.3 0 0 1 4.6 0V7',
  hand: 'M8 1.8v5.4M8 14.2a6 6 0 1 0-4.2-10M2.5 2v2.8h2.8',
  file: 'M4 1.8h5l3.2 3.2v9.2H4zM9 1.8V5h3.2',
  database:
    'M3 4c0-1.3 2.2-2.2 5-2.2S13 2.7 13 4v8c0 1.3-2.2 2.2-5 2.2S3 13.3 3 12zM3 4c0 1.3 2.2 2.2 5 2.2S13 5.3 13 4M3 8c0 1.3 2.2 2.2 5 2.2S13 9.3 13 8',
  server: 'M2.5 2.5h11v4.5h-11zM2.5 9h11v4.5h-11zM5 4.8h.1M5 11.3h.1',
  folder: 'M1.8 3.5h4.5l1.5 1.8h6.4v7.7H1.8z',
  download: 'M8 2v8M4.5 7L8 10.3 11.5 7M2.5 13.5h11',
  play: 'M5 3.3v9.4L12.5 8z',
  caution: 'M8 2L14.5 13.5h-13zM8 6.5v3M8 11.5v.1',
} as const;

export type IconName = keyof typeof iconPaths;
