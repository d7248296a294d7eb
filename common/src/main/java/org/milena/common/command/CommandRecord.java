package org.milena.common.command;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;

/**
 * A command on its way.
 *
 * @param commandId a UUID; its outcome carries the same
 * @param list the list concerned; null for accounts, domains and the site
 * @param actor who wants it: an account's name, {@code mail:ADDRESS}, or {@code system}
 * @param origin from where: a client's address, a mail id
 */
public record CommandRecord(
    String commandId,
    @Nullable ListId list,
    String actor,
    String origin,
    Instant issuedAt,
    ListCommand command) {}
