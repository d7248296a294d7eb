package org.milena.egress.dsn;

import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.RawMessage;

/**
 * A report to the sender of a relayed mail.
 *
 * @param id of the report itself
 * @param messageId of the report, without angle brackets
 * @param about the mail that failed
 * @param aboutMessageId of that mail, when it is known
 * @param failed how many recipients it names
 */
public record FailureNotice(
    MailId id,
    String messageId,
    MailId about,
    @Nullable String aboutMessageId,
    MailAddress to,
    int failed,
    RawMessage message) {}
