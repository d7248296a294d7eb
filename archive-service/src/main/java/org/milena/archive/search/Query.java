package org.milena.archive.search;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.ListId;

/**
 * What posts are looked for: a tree that {@link QueryParser} reads, {@link QueryPrinter} writes and
 * {@link ArchiveSearch} makes answerable, so that a search, a feed, an export and a saved search
 * are one thing.
 *
 * <p>As read it says what was meant and not what that is today: {@code d:yesterday} stays {@link
 * Dated}, {@code l:dev} stays {@link OfList}. {@link Between}, {@link InLists} and {@link
 * OfThreads} stand in their places when it is asked; they have no form in text.
 */
public sealed interface Query {

  /** Every post. */
  record All() implements Query {}

  /** Posts that all of these match; two or more, none of them an And. */
  record And(List<Query> all) implements Query {
    public And {
      all = List.copyOf(all);
    }
  }

  /** Posts that one of these matches; two or more, none of them an Or. */
  record Or(List<Query> any) implements Query {
    public Or {
      any = List.copyOf(any);
    }
  }

  /** Posts that one of these matches and the other does not. */
  record Xor(Query one, Query other) implements Query {}

  /** Posts that this does not match; never a Not. */
  record Not(Query query) implements Query {}

  /** A word, or words beside each other. */
  record Words(Field field, String text, Form form) implements Query {}

  /**
   * Words that stand near each other in one place.
   *
   * @param words two or more, none of them {@link Form#BEGINNING}, all in one field
   * @param distance how many words further the last one stands at most, for each after the first
   * @param inOrder whether they must stand in this order
   */
  record Near(List<Words> words, int distance, boolean inOrder) implements Query {
    public Near {
      words = List.copyOf(words);
    }
  }

  /**
   * Posts of a time.
   *
   * @param from included; null for no beginning
   * @param until included; null for no end
   */
  record Dated(Timestamp timestamp, @Nullable QueryDate from, @Nullable QueryDate until)
      implements Query {}

  /** Posts written before a date begins. */
  record Before(QueryDate date) implements Query {}

  /**
   * Posts written longer ago than this, or since.
   *
   * @param amount of units
   */
  record Aged(boolean older, int amount, QueryDate.Unit unit) implements Query {}

  /**
   * What {@link Dated}, {@link Before} and {@link Aged} mean at a moment.
   *
   * @param from included; null for no beginning
   * @param until excluded; null for no end
   */
  record Between(Timestamp timestamp, @Nullable Instant from, @Nullable Instant until)
      implements Query {}

  /**
   * Posts to a list.
   *
   * @param text as it was typed: list id, address or local part
   * @param idOnly whether only a list id is meant
   */
  record OfList(String text, boolean idOnly) implements Query {}

  /** Posts to one of these lists: what {@link OfList} means to somebody who may read them. */
  record InLists(Set<ListId> lists) implements Query {
    public InLists {
      lists = Set.copyOf(lists);
    }
  }

  /**
   * Posts by Message-ID, without angle brackets.
   *
   * @param beginning whether it may go on
   */
  record OfMessageId(String messageId, boolean beginning) implements Query {}

  /** Posts that answer this Message-ID, or stand below it: it is in References or In-Reply-To. */
  record References(String messageId) implements Query {}

  /** Posts of a kind. */
  record Is(Trait trait) implements Query {}

  /** Posts of more octets than this, or of fewer. */
  record Sized(boolean larger, long octets) implements Query {}

  /**
   * Patches that change a file from or to this content.
   *
   * @param id the beginning of a git object id, lower-case hex, or the whole
   */
  record Blob(Side side, String id) implements Query {}

  /** Patches with this id of {@code git patch-id --stable}. */
  record PatchId(String id) implements Query {}

  /** Posts of threads in which a post matches. */
  record InThread(Query query) implements Query {}

  /** Posts of these threads: what {@link InThread} means at a moment, within lists. */
  record OfThreads(Set<ArchiveId> threads) implements Query {
    public OfThreads {
      threads = Set.copyOf(threads);
    }
  }

  /** Where words are looked for. */
  enum Field {
    /** Subject, author, text, attachments that are text, file names. */
    ANY(""),
    SUBJECT("s"),
    FROM("f"),
    TO("t"),
    CC("c"),
    TO_CC("tc"),
    /** Author, To and Cc. */
    ADDRESSES("a"),
    /** Text and attachments that are text. */
    BODY("b"),
    BODY_SUBJECT("bs"),
    /** Body but what is quoted. */
    NOT_QUOTED("nq"),
    QUOTED("q"),
    FILE_NAME("n"),
    DIFF_FILE("dfn"),
    DIFF_ADDED("dfb"),
    DIFF_REMOVED("dfa"),
    DIFF_HUNK("dfhh"),
    DIFF_CONTEXT("dfctx");

    private final String prefix;

    Field(String prefix) {
      this.prefix = prefix;
    }

    /** Its short name in a query; empty for {@link #ANY}. */
    public String prefix() {
      return prefix;
    }
  }

  /** How words were typed. */
  enum Form {
    /** Without quotes: other forms of it are found too ({@code run}: running). */
    STEM,
    /** In quotes: as it stands. */
    EXACT,
    /** With a star: words that begin so; as it stands. */
    BEGINNING
  }

  /** Which date of a post. */
  enum Timestamp {
    /** Of its Date field. */
    WRITTEN,
    /** When it came. */
    RECEIVED
  }

  /** A kind of posts. */
  enum Trait {
    HAS_ATTACHMENT,
    PATCH,
    REPLY,
    /** Answers no other post. */
    THREAD_START
  }

  /** Which content of a changed file. */
  enum Side {
    BEFORE,
    AFTER,
    EITHER
  }
}
