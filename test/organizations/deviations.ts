/** What both emulators leave unchecked: content, its length, the length of names, the number of attachments. */
const unchecked = {
  'content has 10,000 characters, white space included': ['done', 'done'],
  'names and descriptions have a length': ['done', 'done', 'done'],
  'ten policies can be attached to a target': [['done'], 10, 'done'],
  'disabling the type detaches everything, for good': [1, 1, 1],
};

/** Neither has operations about the merged policy or the delegation policy: each one says so in its own way. */
const missing = (answer: string): Readonly<Record<string, unknown>> => ({
  'the effective policy of an account is merged': answer,
  'an invalid merge leaves the last valid one, and is reported with its policies': [answer, answer, answer],
  'without the type there is no effective policy': answer,
  'the delegation policy is absent until it is put': [answer, answer, answer],
  'the delegation policy is gone once it is deleted': [answer, answer, answer],
});

/** By backend and case, what comes out where it is known not to behave as AWS does. Nothing of it is hidden: another result fails, too. */
export const deviations: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  // An unknown operation is a page with the status 500.
  moto: {
    ...unchecked,
    ...missing('transport page'),
    'a name is taken once': ['duplicatePolicy', 'done', 'done'],
    'creating needs no enabled type, attaching does': ['done', 'done'],
    'attaching or detaching twice leaves what is wanted': ['done', 'done', 'done', 'done'],
    'what does not exist is named': ['notFound policy', 'notFound policy', 'notFound parent', 'notFound account', 'notFound parent', 'notFound parent'],
    'what is no backup policy is refused': ['done', 'done', 'done', 'done'],
    // It registers delegated administrators for some services only, and AWS Backup is not among them.
    'a member account is registered as delegated administrator once, after trusted access': ['invalidInput', 'constraint ', 'notFound account', ...Array<string>(6).fill('invalidInput')],
  },
  // An unknown operation is an error that AWS does not have.
  ministack: {
    ...unchecked,
    ...missing('unknown'),
    'what does not exist is named': ['notFound policy', 'notFound policy', 'notFound target', 'notFound target', 'done', 'notFound target'],
    'children and parents are those next to an entity': ['unknown', [[true, 'ORGANIZATIONAL_UNIT']], [[true, 'ROOT']]],
    'what is no backup policy is refused': ['malformedPolicy', 'done', 'done', 'done'],
    'trusted access is enabled and disabled': Array<string>(5).fill('unknown'),
    'a member account is registered as delegated administrator once, after trusted access': Array<string>(9).fill('unknown'),
  },
};
