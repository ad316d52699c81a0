/** Style sheets that the bundle carries beside the script. */
declare module '*.css';
