/** `1 difference`, `3 differences`. */
export function differences(count: number): string {
  return count === 1 ? '1 difference' : `${String(count)} differences`;
}
