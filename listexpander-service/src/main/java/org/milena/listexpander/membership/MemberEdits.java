package org.milena.listexpander.membership;

import java.time.Instant;
import java.util.Optional;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.CommandOutcome.Done;
import org.milena.common.command.CommandOutcome.Refused;
import org.milena.common.command.ListCommand.NewMember;
import org.milena.common.command.ListCommand.PutMembers;
import org.milena.common.command.ListCommand.RemoveMembers;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberOptions;
import org.milena.common.directory.MemberOptions.Stop;
import org.milena.common.mail.MailAddress;
import org.milena.listexpander.ledger.Ledger;
import org.milena.listexpander.list.ListNames;

/** What owners do with members. All of a command or nothing of it. */
public final class MemberEdits {
  /** Longest name of a member. */
  static final int MAX_NAME = 200;

  /** Adds members, and changes names and roles of those who are there. */
  public static CommandOutcome put(
      Ledger ledger, MailingList list, PutMembers command, Instant now) {
    for (NewMember member : command.members()) {
      Optional<Refused> refusal = refusal(list, member.address(), member.displayName());
      if (refusal.isPresent()) {
        return refusal.get();
      }
    }
    int added = 0;
    int changed = 0;
    for (NewMember next : command.members()) {
      Member before = ledger.member(list.id(), next.address()).orElse(null);
      Member after =
          before == null
              ? new Member(
                  list.id(),
                  next.address(),
                  next.displayName().strip(),
                  next.roles(),
                  next.action(),
                  next.options().over(usual(list), Stop.BY_MODERATOR),
                  now)
              : new Member(
                  list.id(),
                  next.address(),
                  next.displayName().strip(),
                  next.roles(),
                  next.action(),
                  next.options().over(before.options(), Stop.BY_MODERATOR),
                  before.since());
      if (before == null) {
        added++;
      } else if (!before.equals(after)) {
        changed++;
      } else {
        continue;
      }
      ledger.put(after);
    }
    return new Done("%,d added, %,d changed.".formatted(added, changed), added + changed);
  }

  /** The options of a new member of this list. */
  static MemberOptions usual(MailingList list) {
    return MemberOptions.DEFAULT.withMode(list.settings().membership().newMemberMode());
  }

  /** Takes members away. */
  public static CommandOutcome remove(Ledger ledger, MailingList list, RemoveMembers command) {
    int removed = 0;
    for (MailAddress address : command.addresses()) {
      if (ledger.member(list.id(), address).isPresent()) {
        ledger.deleteMember(list.id(), address);
        removed++;
      }
    }
    return new Done("%,d removed.".formatted(removed), removed);
  }

  /** Why this cannot be a member; empty when it can. */
  static Optional<Refused> refusal(MailingList list, MailAddress address, String displayName) {
    if (ListNames.belongsTo(list.address(), address)) {
      return Optional.of(
          new Refused(
              "loop",
              address + " is an address of this list itself; its posts would come back to it."));
    }
    return unfitName(displayName);
  }

  /** Why nobody can have this name; empty when somebody can. */
  public static Optional<Refused> unfitName(String displayName) {
    return displayName.length() > MAX_NAME || displayName.chars().anyMatch(Character::isISOControl)
        ? Optional.of(
            new Refused(
                "display-name", "A name is one line of at most " + MAX_NAME + " characters."))
        : Optional.empty();
  }

  private MemberEdits() {}
}
