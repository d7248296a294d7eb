/**
 * A stage of a mail's way: takes records from one topic and writes its effects to others, each
 * exactly once. The port that the services implement; {@code common.kafka} runs it.
 *
 * <p>Promises one rule for failures (docs/architecture.md, Failures): an outage pauses and resumes
 * by itself, a defect gets five tries and is then set aside with its cause, a refusal is an outcome
 * like any other.
 *
 * <p>Why: the slow work lies before the transaction, so that a transaction is always short. See
 * docs/decisions/0005-stages.md.
 */
@NullMarked
package org.milena.common.stage;

import org.jspecify.annotations.NullMarked;
