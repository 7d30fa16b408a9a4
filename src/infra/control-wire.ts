/** Ends every answer of the control socket (PROTOCOL.md, 3). */
export const END = '#!#end_communication#!#';

/** What is answered to a command that is not known, in the ancestors' spelling. */
export const UNKNOWN = 'unknow command';

/** The longest command, in bytes. */
export const LONGEST_COMMAND = 1_024;
