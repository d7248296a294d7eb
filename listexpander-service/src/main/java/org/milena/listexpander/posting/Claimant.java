package org.milena.listexpander.posting;

import java.util.Optional;
import org.milena.common.directory.Member;
import org.milena.common.mail.MailAddress;

/**
 * An address in whose name a post comes, and who that is to the list.
 *
 * @param speaks whether it counts: another name on a post whose author is proven does not
 */
public record Claimant(MailAddress address, Optional<Member> entry, boolean speaks) {}
