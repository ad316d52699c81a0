/** By backend and case, what comes out where it is known not to behave as AWS does. */
export const deviations: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {};
