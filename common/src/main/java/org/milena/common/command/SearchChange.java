package org.milena.common.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.SavedSearch;

/** What an account wants of the searches that it keeps: see {@link SavedSearch}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "change")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SearchChange.Keep.class, name = "keep"),
  @JsonSubTypes.Type(value = SearchChange.Rename.class, name = "rename"),
  @JsonSubTypes.Type(value = SearchChange.Remove.class, name = "remove")
})
public sealed interface SearchChange {

  /**
   * Keeps a search. One that is there under this name and asks the same is left as it is.
   *
   * @param replace whether it takes the place of another one of this name; refused otherwise
   * @param seen the only one whose place it takes, while it is as it was seen; null for whichever
   *     has the name
   */
  record Keep(
      String name,
      SavedSearch.Question question,
      boolean replace,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Seen seen)
      implements SearchChange {
    /** In place of whichever has the name, or of none. */
    public Keep(String name, SavedSearch.Question question, boolean replace) {
      this(name, question, replace, null);
    }

    /** Does not show what is kept. */
    @Override
    public String toString() {
      return "Keep[]";
    }
  }

  /**
   * A search as somebody saw it.
   *
   * @param id of the search
   * @param changedAt as it was then
   */
  record Seen(String id, Instant changedAt) {
    /** This one. */
    public static Seen of(SavedSearch search) {
      return new Seen(search.id(), search.changedAt());
    }
  }

  /** Gives a search another name; refused when another one has it. */
  record Rename(String id, String name) implements SearchChange {
    /** Does not show the name. */
    @Override
    public String toString() {
      return "Rename[" + id + "]";
    }
  }

  /** Does without a search. */
  record Remove(String id) implements SearchChange {}
}
