package org.milena.listexpander.migration;

import java.util.List;
import org.milena.common.directory.Member;
import org.milena.common.directory.Template;
import org.milena.common.event.ListState;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.SettingsPatch;

/**
 * What a list that comes from elsewhere wants to be here.
 *
 * @param address where one posts
 * @param settings those that the old list has; all others are as usual
 * @param members everybody with a role, one entry for an address; nonmembers with an action of
 *     their own among them. Whole members rather than changes of them, for the old list knows who
 *     stopped a delivery
 * @param templates texts in place of ours
 * @param state numbers to go on with
 * @param lines what became of each field
 */
public record ListPlan(
    MailAddress address,
    String displayName,
    String description,
    SettingsPatch settings,
    List<Member> members,
    List<Template> templates,
    ListState state,
    List<PlanLine> lines) {
  /** Copies. */
  public ListPlan {
    members = List.copyOf(members);
    templates = List.copyOf(templates);
    lines = List.copyOf(lines);
  }

  /** The id of a list at this address. */
  public ListId id() {
    return ListId.forAddress(address);
  }
}
