package org.milena.common.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;

/**
 * A search of the archive that an account keeps under a name of its own. Nobody else learns of it.
 *
 * @param account its name
 * @param id stays the same whatever the name is; a UUID
 * @param name as {@link SearchName} has it; no two of an account are the same
 * @param keptAt since when
 * @param changedAt when a change of name or question was wanted, or that it be kept
 */
public record SavedSearch(
    String account, String id, String name, Question question, Instant keptAt, Instant changedAt) {

  /** So many of an account. */
  public static final int MOST = 50;

  /** Longest query that can be asked, and so kept, in UTF-16 units. */
  public static final int LONGEST_QUERY = 1_500;

  /**
   * What is asked.
   *
   * @param typed the query as its author wrote it
   * @param list only there; null for all lists. It may be gone, or closed to the account
   * @param order null for what is usual
   * @param threads whether only one post of each thread is shown
   */
  public record Question(
      String typed,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ListId list,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Order order,
      boolean threads) {
    /** Does not show what is asked. */
    @Override
    public String toString() {
      return "Question[]";
    }
  }

  /** In which order posts are shown. */
  public enum Order {
    RELEVANCE,
    NEWEST,
    OLDEST
  }

  /** Whether it has this name, however that is written. */
  public boolean isNamed(String written) {
    return SearchName.same(name, written);
  }

  /** The same under another name. */
  public SavedSearch renamed(String other, Instant now) {
    return new SavedSearch(account, id, other, question, keptAt, now);
  }

  /** Another question under this name. */
  public SavedSearch asking(String written, Question other, Instant now) {
    return new SavedSearch(account, id, written, other, keptAt, now);
  }

  /** Key on {@link Topics#SEARCHES}. */
  public String key() {
    return key(account, id);
  }

  /** Key on {@link Topics#SEARCHES}. */
  public static String key(String account, String id) {
    return prefix(account) + id;
  }

  /** How the keys of all searches of an account begin. */
  public static String prefix(String account) {
    return account + Topics.KEY_SEPARATOR;
  }

  /** Does not show what it is. */
  @Override
  public String toString() {
    return "SavedSearch[" + account + ", " + id + "]";
  }
}
