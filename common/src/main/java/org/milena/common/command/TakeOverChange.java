package org.milena.common.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Member;
import org.milena.common.directory.Template;
import org.milena.common.event.Hold;
import org.milena.common.event.ListState;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.SettingsPatch;

/** What an import brings of a list that was elsewhere. */
public sealed interface TakeOverChange extends ListCommand {

  /**
   * Takes a list over from elsewhere: makes it, or makes the one that is there like it. Sends no
   * mail, and changes nothing when it is done again.
   *
   * @param displayName empty where the one that is there stays
   * @param description likewise
   * @param templates texts of this list, whatever their scope says
   * @param state numbers to go on with, where those that are there are not larger
   * @param moderatorSecret Argon2id of the moderators' password; null where the one that is there
   *     stays
   * @param retired whether it is closed for good; one that is closed stays so
   */
  record TakeOverList(
      MailAddress address,
      String displayName,
      String description,
      SettingsPatch settings,
      List<Template> templates,
      ListState state,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String moderatorSecret,
      boolean retired)
      implements TakeOverChange {
    public TakeOverList {
      templates = List.copyOf(templates);
    }

    /** The same with other settings. */
    public TakeOverList with(SettingsPatch others) {
      return new TakeOverList(
          address, displayName, description, others, templates, state, moderatorSecret, retired);
    }

    /** Does not show the secret. */
    @Override
    public String toString() {
      return "TakeOverList[" + address + "]";
    }
  }

  /**
   * Members as they were elsewhere: with who stopped a delivery, and since when they are members.
   * Who is there keeps that, and all roles.
   */
  record TakeOverMembers(List<Member> members) implements TakeOverChange {
    public TakeOverMembers {
      members = List.copyOf(members);
    }
  }

  /** A post that waited for a moderator elsewhere; its message lies there already. */
  record TakeOverHeld(Hold hold) implements TakeOverChange {}
}
