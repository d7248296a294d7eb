package org.milena.common.event;

import org.milena.common.mail.MailId;

/**
 * Points at a message in a topic. Whoever follows it checks mail id and digest: another mail at
 * that place is a dead letter, never sent.
 *
 * @param sha256 of the message's bytes, lower-case hex
 */
public record MailPointer(RecordPosition position, MailId mailId, String sha256) {}
