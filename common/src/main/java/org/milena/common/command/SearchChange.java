package org.milena.common.command;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
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
   */
  record Keep(String name, SavedSearch.Question question, boolean replace) implements SearchChange {
    /** Does not show what is kept. */
    @Override
    public String toString() {
      return "Keep[]";
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
