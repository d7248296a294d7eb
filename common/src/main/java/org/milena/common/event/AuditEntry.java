package org.milena.common.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;

/**
 * One change that somebody made, or was not allowed to make. Kept for good.
 *
 * @param commandId the command's
 * @param list the list concerned; null for accounts, domains and the site
 * @param actor who: an account's name, {@code mail:ADDRESS}, or {@code system}
 * @param origin from where: a client's address, a mail id
 * @param what the command's name: {@code change-list}
 * @param text what was changed, as a sentence, without secrets
 * @param outcome {@code done}, {@code refused} or {@code not-found}
 */
public record AuditEntry(
    String commandId,
    @Nullable ListId list,
    Instant at,
    String actor,
    String origin,
    String what,
    String text,
    String outcome) {}
