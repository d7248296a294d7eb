package org.milena.listexpander.migration.listfile;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Member;
import org.milena.common.directory.Template;
import org.milena.common.event.ListState;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Sentence;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import org.milena.common.settings.SettingsPatch;

/** What a line of the file says. */
public sealed interface ListFileEntry {

  /**
   * The list itself.
   *
   * @param address where one posted
   * @param settings all that were known
   * @param moderatorSecret Argon2id of the moderators' password
   */
  record TheList(
      MailAddress address,
      String displayName,
      String description,
      SettingsPatch settings,
      Instant createdAt,
      boolean retired,
      @Nullable String moderatorSecret)
      implements ListFileEntry {
    /** Does not show the secret. */
    @Override
    public String toString() {
      return "TheList[" + address + "]";
    }
  }

  /** What it counted. */
  record Numbers(ListState state) implements ListFileEntry {}

  /** A text of its own. */
  record Text(Template template) implements ListFileEntry {}

  /** Somebody on it. */
  record Somebody(Member member) implements ListFileEntry {}

  /** Somebody on it by way of a source only, a list or a host: told of, and never taken in. */
  record FromSource(MailAddress address, String displayName, String via) implements ListFileEntry {}

  /**
   * A post that waits for a moderator.
   *
   * @param author as it was shown
   * @param reasons every reason, each a sentence in English
   * @param sentences the same, for other languages; may be empty
   */
  record HeldPost(
      MailMeta meta,
      String author,
      String subject,
      Instant heldAt,
      List<String> reasons,
      List<Sentence> sentences,
      RawMessage message)
      implements ListFileEntry {
    public HeldPost {
      reasons = List.copyOf(reasons);
      sentences = List.copyOf(sentences);
    }
  }
}
