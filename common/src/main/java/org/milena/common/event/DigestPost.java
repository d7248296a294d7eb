package org.milena.common.event;

import java.time.Instant;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailId;

/**
 * A post that waits for the next digest or summary of its list. The message lies where {@code
 * content} points, on {@link Topics#DIGESTS}.
 *
 * @param author header {@code From}, decoded
 * @param size octets
 * @param summarised whether it stood in a daily summary
 * @param digested whether it stood in a digest
 */
public record DigestPost(
    ListId list,
    MailId mailId,
    MailPointer content,
    String author,
    String subject,
    int size,
    Instant at,
    boolean summarised,
    boolean digested) {}
