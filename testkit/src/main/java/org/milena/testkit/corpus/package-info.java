/**
 * Real mail for tests: archives of public lists, and messages that have broken parsers.
 *
 * <p>The mail lies outside the project, in the folder that {@code MILENA_CORPUS} names. Where it is
 * absent, tests that need it are aborted loudly; with {@code CI=true} they fail.
 *
 * <p>Why: what people really send differs from what one thinks up, and the copyright is theirs.
 */
@NullMarked
package org.milena.testkit.corpus;

import org.jspecify.annotations.NullMarked;
