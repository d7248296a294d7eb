package org.milena.common.command;

import java.time.Instant;

/**
 * A command's outcome on {@link org.milena.common.event.Topics#OUTCOMES}, in the same transaction
 * as its effects.
 */
public record OutcomeRecord(String commandId, CommandOutcome outcome, Instant at) {}
