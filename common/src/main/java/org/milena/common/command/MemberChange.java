package org.milena.common.command;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.PostAction;

/** Who the members of a list are, and what each gets. */
public sealed interface MemberChange extends ListCommand {

  /** Adds members, or changes those that are there. */
  record PutMembers(List<NewMember> members) implements MemberChange {
    public PutMembers {
      members = List.copyOf(members);
    }
  }

  /**
   * A member to be.
   *
   * @param roles never empty
   * @param action what happens to this one's posts; null for the list's default
   * @param deliver in commands of version 0.1.0, which have no options: whether posts are delivered
   * @param options what is changed of the options; at first of the usual ones, in the list's mode
   */
  record NewMember(
      MailAddress address,
      String displayName,
      Set<MemberRole> roles,
      @Nullable PostAction action,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean deliver,
      OptionsPatch options,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean sourced) {
    public NewMember {
      sourced = Boolean.TRUE.equals(sourced) ? true : null;
      roles = Set.copyOf(roles);
      options = requireNonNullElse(options, OptionsPatch.NONE);
      options = deliver == null ? options : OptionsPatch.delivery(deliver);
      deliver = null;
      if (roles.isEmpty()) {
        throw new IllegalArgumentException("a member without a role: " + address);
      }
    }

    /** Somebody who is a member by himself from now on. */
    public NewMember(
        MailAddress address,
        String displayName,
        Set<MemberRole> roles,
        @Nullable PostAction action,
        @Nullable Boolean deliver,
        OptionsPatch options) {
      this(address, displayName, roles, action, deliver, options, null);
    }

    /** A member as others are. */
    public static NewMember of(MailAddress address, String displayName, Set<MemberRole> roles) {
      return new NewMember(address, displayName, roles, null, null, OptionsPatch.NONE);
    }
  }

  /** Takes members away, with all their roles. */
  record RemoveMembers(List<MailAddress> addresses) implements MemberChange {
    public RemoveMembers {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A member changes what he gets, and how.
   *
   * @param displayName another name; null for the same
   */
  record ChangeOptions(MailAddress address, OptionsPatch options, @Nullable String displayName)
      implements MemberChange {}

  /**
   * What came of fetching a source on the web. Neither entries nor a fault: it is as it was.
   *
   * @param at when it was fetched; what is not younger than what the list knows is left
   * @param entries who stands in it; null when nothing new was fetched
   * @param etag what its server calls this text
   * @param fault why nothing was fetched
   * @param accepted whether an owner takes it however few it names
   */
  record TakeSource(
      String url,
      Instant at,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<FetchedSource.Entry> entries,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String etag,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String fault,
      boolean accepted)
      implements MemberChange {}
}
