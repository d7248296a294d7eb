package org.milena.listexpander.migration;

import java.util.List;
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
    List<PlanLine> lines) {
  /** Copies. */
  public ImportReport {
    settings = List.copyOf(settings);
    lines = List.copyOf(lines);
  }
}
