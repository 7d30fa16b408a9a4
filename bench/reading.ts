/** What a server process has used so far: its process clock, all threads, and the memory that it holds. */
export interface Reading {
  cpuMicroseconds: number;
  residentBytes: number;
}
