/** Who may read what the product keeps on a disk: its owner. Runs hold questions and replies that may not be everybody's. */
export const OWNER_FOLDER = 0o700;
export const OWNER_FILE = 0o600;
