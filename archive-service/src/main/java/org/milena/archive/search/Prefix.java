package org.milena.archive.search;

import java.util.Optional;
import org.milena.archive.search.Query.Field;
import org.milena.archive.search.Query.Side;
import org.milena.archive.search.Query.Timestamp;

/** What may stand before a colon: the names of public-inbox, and those of web mail. */
sealed interface Prefix {

  /** Words in a field follow. */
  record InField(Field field) implements Prefix {}

  /** A date or a range of dates follows. */
  record Date(Timestamp timestamp) implements Prefix {}

  /** A git object id follows. */
  record Blob(Side side) implements Prefix {}

  /** What has one meaning each. */
  enum Other implements Prefix {
    AFTER,
    BEFORE,
    OLDER,
    NEWER,
    LIST,
    LIST_ID,
    MESSAGE_ID,
    REFERENCES,
    HAS,
    IS,
    LARGER,
    SMALLER,
    PATCH_ID,
    THREAD
  }

  /** By its name in lower case. */
  static Optional<Prefix> find(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "s", "subject" -> new InField(Field.SUBJECT);
          case "f", "from" -> new InField(Field.FROM);
          case "t", "to" -> new InField(Field.TO);
          case "c", "cc" -> new InField(Field.CC);
          case "tc" -> new InField(Field.TO_CC);
          case "a", "tcf" -> new InField(Field.ADDRESSES);
          case "b", "body" -> new InField(Field.BODY);
          case "bs" -> new InField(Field.BODY_SUBJECT);
          case "nq" -> new InField(Field.NOT_QUOTED);
          case "q" -> new InField(Field.QUOTED);
          case "n", "filename", "file" -> new InField(Field.FILE_NAME);
          case "dfn" -> new InField(Field.DIFF_FILE);
          case "dfa" -> new InField(Field.DIFF_REMOVED);
          case "dfb" -> new InField(Field.DIFF_ADDED);
          case "dfhh" -> new InField(Field.DIFF_HUNK);
          case "dfctx" -> new InField(Field.DIFF_CONTEXT);
          case "d", "date" -> new Date(Timestamp.WRITTEN);
          case "rt" -> new Date(Timestamp.RECEIVED);
          case "dfpre" -> new Blob(Side.BEFORE);
          case "dfpost" -> new Blob(Side.AFTER);
          case "dfblob" -> new Blob(Side.EITHER);
          case "after", "since" -> Other.AFTER;
          case "before", "until" -> Other.BEFORE;
          case "older_than" -> Other.OLDER;
          case "newer_than" -> Other.NEWER;
          case "l", "list", "in" -> Other.LIST;
          case "lid" -> Other.LIST_ID;
          case "m", "mid" -> Other.MESSAGE_ID;
          case "references" -> Other.REFERENCES;
          case "has" -> Other.HAS;
          case "is" -> Other.IS;
          case "larger" -> Other.LARGER;
          case "smaller" -> Other.SMALLER;
          case "patchid" -> Other.PATCH_ID;
          case "thread" -> Other.THREAD;
          default -> null;
        });
  }
}
