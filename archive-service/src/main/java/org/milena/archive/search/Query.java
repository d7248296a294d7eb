package org.milena.archive.search;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/** What posts are looked for. */
public sealed interface Query {

  /** Every post. */
  record All() implements Query {}

  /** Posts that all of these match. */
  record And(List<Query> all) implements Query {
    public And {
      all = List.copyOf(all);
    }
  }

  /** Posts that one of these matches. */
  record Or(List<Query> any) implements Query {
    public Or {
      any = List.copyOf(any);
    }
  }

  /** Posts that this does not match. */
  record Not(Query query) implements Query {}

  /**
   * Words, beside each other where there are several.
   *
   * @param prefix whether the last word may go on: {@code config*}
   */
  record Words(Field field, String text, boolean prefix) implements Query {}

  /**
   * Posts of a time.
   *
   * @param from inclusive; null for no beginning
   * @param until exclusive; null for no end
   */
  record Dated(@Nullable Instant from, @Nullable Instant until) implements Query {}

  /**
   * Posts to a list.
   *
   * @param address as it was typed, if it is one
   * @param text as it was typed: list id, address or local part
   */
  record OfList(@Nullable MailAddress address, String text) implements Query {}

  /** Posts to one of these lists: what {@link OfList} means to somebody who may read them. */
  record InLists(Set<ListId> lists) implements Query {
    public InLists {
      lists = Set.copyOf(lists);
    }
  }

  /** The post with this Message-ID, without angle brackets. */
  record OfMessageId(String messageId) implements Query {}

  /** Posts with an attachment. */
  record HasAttachment() implements Query {}

  /** Where words are looked for. */
  enum Field {
    ANY,
    SUBJECT,
    FROM,
    TO,
    BODY,
    FILE
  }
}
