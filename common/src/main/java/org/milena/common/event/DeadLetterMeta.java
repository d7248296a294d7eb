package org.milena.common.event;

import java.time.Instant;

/**
 * Why a record was set aside.
 *
 * @param stage the stage that gave up
 * @param origin where the record came from; a replay puts it there again
 * @param cause class and message of the last failure
 * @param tries how often it was tried
 */
public record DeadLetterMeta(
    String stage, RecordPosition origin, String cause, int tries, Instant at) {}
