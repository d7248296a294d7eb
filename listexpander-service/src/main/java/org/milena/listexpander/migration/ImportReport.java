package org.milena.listexpander.migration;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.MailAddress;

/**
 * What an import did, or would do.
 *
 * @param dryRun whether nothing was done
 * @param made whether the list was not there before
 * @param changed how much is other than before: rows that were written, 0 where all was so already
 * @param settings names of settings that are other than before
 * @param members how many the old list had, of all roles
 * @param membersChanged of those, how many were new or other than before
 * @param heldPosts that waited for a moderator
 * @param heldPostsChanged of those, how many did not wait here
 * @param lines what became of each field
 * @param refused why the list was not taken over, or not to its end; null when all of it was
 */
public record ImportReport(
    MailAddress list,
    boolean dryRun,
    boolean made,
    int changed,
    List<String> settings,
    int texts,
    int members,
    int membersChanged,
    int heldPosts,
    int heldPostsChanged,
    List<PlanLine> lines,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Refusal refused) {

  /**
   * Why something cannot be done.
   *
   * @param code a stable word for programs
   * @param text a sentence
   */
  public record Refusal(String code, String text) {}

  /** Copies. */
  public ImportReport {
    settings = List.copyOf(settings);
    lines = List.copyOf(lines);
  }

  /** A list of which nothing was done. */
  public static ImportReport refused(MailAddress list, boolean dryRun, Refusal why) {
    return new ImportReport(list, dryRun, false, 0, List.of(), 0, 0, 0, 0, 0, List.of(), why);
  }
}
