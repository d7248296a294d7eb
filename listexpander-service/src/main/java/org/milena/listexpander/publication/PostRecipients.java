package org.milena.listexpander.publication;

import java.util.HashSet;
import java.util.Set;
import org.milena.common.directory.Member;
import org.milena.common.header.HeaderBlock;
import org.milena.common.header.HeaderMailbox;
import org.milena.listexpander.incoming.ListMail;
import org.milena.listexpander.preparation.AddressField;
import org.milena.listexpander.thread.ThreadReaders;

/** Who of a list's members gets a post as it comes. */
final class PostRecipients {
  private final ThreadReaders threads;
  private final Set<String> authors = new HashSet<>();
  private final Set<String> named = new HashSet<>();

  /**
   * @param threads knows who follows or mutes the post's thread
   */
  PostRecipients(ListMail mail, ThreadReaders threads) {
    this.threads = threads;
    HeaderBlock header = HeaderBlock.of(mail.message());
    for (HeaderMailbox author : mail.facts().authors()) {
      authors.add(author.address().key());
    }
    for (String field : new String[] {"To", "Cc"}) {
      for (HeaderMailbox mailbox : AddressField.read(header, field)) {
        named.add(mailbox.address().key());
      }
    }
  }

  /**
   * Whether this member gets a copy. Who has the post already, as its author or because it names
   * him, may have asked for none.
   */
  boolean include(Member member) {
    if (!threads.include(member)) {
      return false;
    }
    String key = member.address().key();
    boolean own = !member.options().ownPosts() && authors.contains(key);
    boolean twice = member.options().skipDuplicates() && named.contains(key);
    return !own && !twice;
  }
}
