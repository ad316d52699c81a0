/**
 * Arguments of Node.js for the process of the server. New objects get 2 MB and not 16: most of what one turn makes is of
 * use for long, and collecting the garbage of 16 MB copies so much of it that the server looks at no message for two turns.
 */
export const nodeArguments: readonly string[] = ['--max-semi-space-size=2'];
