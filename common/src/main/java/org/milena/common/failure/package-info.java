/**
 * The kinds of failure, one type each (docs/architecture.md, Failures): an outage pauses and
 * resumes, a defect is set aside after five tries, what is unfit does not start. A refusal is no
 * failure but an outcome.
 *
 * <p>Why: every edge answers by kind, and must not have to guess it from a message.
 */
@NullMarked
package org.milena.common.failure;

import org.jspecify.annotations.NullMarked;
