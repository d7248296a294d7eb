package org.milena.common.directory;

import java.time.Instant;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/**
 * An address that a list has which was not made at it. Written by the sequence of the address, so
 * that no list is made there meanwhile.
 *
 * @param by the list that has it, or asked for it
 */
public record AddressClaim(MailAddress address, ListId by, Instant at) {}
