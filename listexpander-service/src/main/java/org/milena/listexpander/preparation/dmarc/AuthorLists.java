package org.milena.listexpander.preparation.dmarc;

import java.util.function.Predicate;
import org.milena.common.mail.MailAddress;

/**
 * Authors whom an owner named.
 *
 * @param always for whom something is done whatever their domains say
 * @param never for whom nothing is
 */
public record AuthorLists(Predicate<MailAddress> always, Predicate<MailAddress> never) {}
