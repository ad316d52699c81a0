/** The path of Neovim; says which. Throws with what to do when there is none. */
export function neovimPath(): string;
