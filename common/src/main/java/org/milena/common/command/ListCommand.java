package org.milena.common.command;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Account;
import org.milena.common.directory.FetchedSource;
import org.milena.common.directory.MailDomain;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.OptionsPatch;
import org.milena.common.directory.PendingRequest;
import org.milena.common.directory.Template;
import org.milena.common.event.ArchiveId;
import org.milena.common.event.Hold;
import org.milena.common.event.ListState;
import org.milena.common.event.MailPointer;
import org.milena.common.event.OutgoingMeta;
import org.milena.common.event.ThreadWish;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.MailId;
import org.milena.common.mail.Splice;
import org.milena.common.settings.DeliveryMode;
import org.milena.common.settings.ListSettings;
import org.milena.common.settings.PostAction;
import org.milena.common.settings.SettingsPatch;

/**
 * A change somebody wants of a list. It is written to the list's sequence in {@link
 * org.milena.common.event.Topics#LISTS}, decided by the list's one owner there, and answered by a
 * {@link CommandOutcome}. What was changed is kept for good in {@link
 * org.milena.common.event.Topics#AUDIT}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ListCommand.CreateList.class, name = "create-list"),
  @JsonSubTypes.Type(value = ListCommand.WelcomeOwners.class, name = "welcome-owners"),
  @JsonSubTypes.Type(value = ListCommand.ChangeList.class, name = "change-list"),
  @JsonSubTypes.Type(value = ListCommand.DeleteList.class, name = "delete-list"),
  @JsonSubTypes.Type(value = ListCommand.RenameList.class, name = "rename-list"),
  @JsonSubTypes.Type(value = ListCommand.ClaimAddress.class, name = "claim-address"),
  @JsonSubTypes.Type(value = ListCommand.TakeAddress.class, name = "take-address"),
  @JsonSubTypes.Type(value = ListCommand.RetireList.class, name = "retire-list"),
  @JsonSubTypes.Type(value = ListCommand.SetModeratorSecret.class, name = "set-moderator-secret"),
  @JsonSubTypes.Type(value = ListCommand.PutDomain.class, name = "put-domain"),
  @JsonSubTypes.Type(value = ListCommand.DeleteDomain.class, name = "delete-domain"),
  @JsonSubTypes.Type(value = ListCommand.PutMembers.class, name = "put-members"),
  @JsonSubTypes.Type(value = ListCommand.RemoveMembers.class, name = "remove-members"),
  @JsonSubTypes.Type(value = ListCommand.Subscribe.class, name = "subscribe"),
  @JsonSubTypes.Type(value = ListCommand.Unsubscribe.class, name = "unsubscribe"),
  @JsonSubTypes.Type(value = ListCommand.Confirm.class, name = "confirm"),
  @JsonSubTypes.Type(value = ListCommand.DecideHeld.class, name = "decide-held"),
  @JsonSubTypes.Type(value = ListCommand.ClaimHeld.class, name = "claim-held"),
  @JsonSubTypes.Type(value = ListCommand.UndoHeld.class, name = "undo-held"),
  @JsonSubTypes.Type(value = ListCommand.CloseThread.class, name = "close-thread"),
  @JsonSubTypes.Type(value = ListCommand.OpenThread.class, name = "open-thread"),
  @JsonSubTypes.Type(value = ListCommand.WishThread.class, name = "wish-thread"),
  @JsonSubTypes.Type(value = ListCommand.EndThreadWish.class, name = "end-thread-wish"),
  @JsonSubTypes.Type(value = ListCommand.RemovePosts.class, name = "remove-posts"),
  @JsonSubTypes.Type(value = ListCommand.RedactPost.class, name = "redact-post"),
  @JsonSubTypes.Type(value = ListCommand.DoChores.class, name = "do-chores"),
  @JsonSubTypes.Type(value = ListCommand.DecideRequest.class, name = "decide-request"),
  @JsonSubTypes.Type(value = ListCommand.Invite.class, name = "invite"),
  @JsonSubTypes.Type(value = ListCommand.ChangeOptions.class, name = "change-options"),
  @JsonSubTypes.Type(value = ListCommand.AskForConfirmation.class, name = "ask-for-confirmation"),
  @JsonSubTypes.Type(value = ListCommand.AskForAddress.class, name = "ask-for-address"),
  @JsonSubTypes.Type(value = ListCommand.ConfirmAddress.class, name = "confirm-address"),
  @JsonSubTypes.Type(value = ListCommand.DropAddress.class, name = "drop-address"),
  @JsonSubTypes.Type(value = ListCommand.NoteFailure.class, name = "note-failure"),
  @JsonSubTypes.Type(value = ListCommand.NoteCopies.class, name = "note-copies"),
  @JsonSubTypes.Type(value = ListCommand.TakeSource.class, name = "take-source"),
  @JsonSubTypes.Type(value = ListCommand.ForgetBounces.class, name = "forget-bounces"),
  @JsonSubTypes.Type(value = ListCommand.PutSuppression.class, name = "put-suppression"),
  @JsonSubTypes.Type(value = ListCommand.DeleteSuppression.class, name = "delete-suppression"),
  @JsonSubTypes.Type(value = ListCommand.PutAccount.class, name = "put-account"),
  @JsonSubTypes.Type(value = ListCommand.DeleteAccount.class, name = "delete-account"),
  @JsonSubTypes.Type(value = ListCommand.ChangeSearches.class, name = "change-searches"),
  @JsonSubTypes.Type(value = ListCommand.PutTemplate.class, name = "put-template"),
  @JsonSubTypes.Type(value = ListCommand.DeleteTemplate.class, name = "delete-template"),
  @JsonSubTypes.Type(value = ListCommand.TakeOverList.class, name = "take-over-list"),
  @JsonSubTypes.Type(value = ListCommand.TakeOverMembers.class, name = "take-over-members"),
  @JsonSubTypes.Type(value = ListCommand.TakeOverHeld.class, name = "take-over-held")
})
public sealed interface ListCommand {

  /** Makes a list; refused when it is there already. */
  record CreateList(
      MailAddress address, String displayName, String description, ListSettings settings)
      implements ListCommand {}

  /** The list is new: its owners are told what it has. */
  record WelcomeOwners() implements ListCommand {}

  /**
   * Changes what is not null.
   *
   * @param settings those that are changed
   * @param ifVersion refused when the list's version is another one; null for any
   */
  record ChangeList(
      @Nullable String displayName,
      @Nullable String description,
      @Nullable SettingsPatch settings,
      @Nullable Long ifVersion)
      implements ListCommand {}

  /**
   * Takes posts out of the archive for good: their bytes too.
   *
   * @param posts 1 to {@link #MOST_POSTS}
   * @param reason one sentence for whoever looks for them; empty when the list's time for keeping
   *     posts is over, which is not noted of each one
   */
  record RemovePosts(List<ArchivedMail> posts, String reason) implements ListCommand {
    /** How many at once. */
    public static final int MOST_POSTS = 1_000;

    public RemovePosts {
      posts = List.copyOf(posts);
      if (posts.isEmpty() || posts.size() > MOST_POSTS) {
        throw new IllegalArgumentException(
            "1 to %d posts, not %d".formatted(MOST_POSTS, posts.size()));
      }
    }

    /** Whether it is time that asks for it, and nobody. */
    @JsonIgnore
    public boolean isExpiry() {
      return reason.isEmpty();
    }
  }

  /**
   * Takes something out of a post that stays in the archive. What is taken out is not named, only
   * where it stands.
   *
   * @param content the post as it was when its changes were made: refused when it is another now
   * @param splices what stands instead, in the order of their places; never empty
   * @param formerKeys all keys by which the post can be linked to
   * @param what is taken out, in a few words: {@code 2 passages and 1 attachment}
   * @param reason one sentence for whoever reads the post
   */
  record RedactPost(
      ArchivedMail post,
      MailPointer content,
      List<Splice> splices,
      List<String> formerKeys,
      String what,
      String reason)
      implements ListCommand {
    public RedactPost {
      splices = List.copyOf(splices);
      formerKeys = List.copyOf(formerKeys);
      if (splices.isEmpty()) {
        throw new IllegalArgumentException("nothing is taken out");
      }
    }
  }

  /**
   * A post that the archive has.
   *
   * @param messageId without angle brackets
   * @param date when it was written, as the archive has it
   */
  record ArchivedMail(ArchiveId id, MailId mailId, String messageId, Instant date) {}

  /**
   * Gives the list another address. The old one stays one of its own for a time. Decided in three
   * steps, for the new address could be another list's: this one's owner asks the owner of that
   * address ({@link ClaimAddress}), who lets it have it ({@link TakeAddress}); the outcome is that
   * of the last step.
   *
   * @param formerUntil how long mail to the old address is still taken
   */
  record RenameList(MailAddress address, Instant formerUntil) implements ListCommand {}

  /**
   * A list wants this address, under whose id this is sent.
   *
   * @param by the list
   */
  record ClaimAddress(MailAddress address, ListId by, Instant formerUntil) implements ListCommand {}

  /** The list may have this address. */
  record TakeAddress(MailAddress address, Instant formerUntil) implements ListCommand {}

  /** Closes the list for good, or opens it again: it takes no posts, and nobody joins. */
  record RetireList(boolean retired) implements ListCommand {}

  /**
   * Sets the password that {@code Approved} fields are checked against.
   *
   * @param argon2id its hash in the encoded form; null for none
   */
  record SetModeratorSecret(@Nullable String argon2id) implements ListCommand {
    /** Does not show the secret. */
    @Override
    public String toString() {
      return "SetModeratorSecret[]";
    }
  }

  /** Makes or replaces a domain, or what holds for the site; its key is {@code domain:NAME}. */
  record PutDomain(MailDomain domain) implements ListCommand {}

  /** Takes a domain away; refused while lists lie in it. */
  record DeleteDomain(String name) implements ListCommand {}

  /** Takes the list and its members away; its archive stays. */
  record DeleteList() implements ListCommand {}

  /** Adds members, or changes those that are there. */
  record PutMembers(List<NewMember> members) implements ListCommand {
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
  record RemoveMembers(List<MailAddress> addresses) implements ListCommand {
    public RemoveMembers {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * Somebody asks to join: what happens next is the list's policy.
   *
   * @param mode what the new member wants to get; null for what is usual there
   */
  record Subscribe(
      MailAddress address,
      String displayName,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable DeliveryMode mode)
      implements ListCommand {
    /** Somebody who wants what is usual. */
    public Subscribe(MailAddress address, String displayName) {
      this(address, displayName, null);
    }
  }

  /**
   * Somebody asks to leave.
   *
   * @param proven whether the request carries a signed token of this very member, so that no
   *     confirmation is asked for (RFC 8058)
   */
  record Unsubscribe(MailAddress address, boolean proven) implements ListCommand {}

  /** Somebody answers a confirmation with its token's request id. */
  record Confirm(String requestId) implements ListCommand {}

  /**
   * A moderator decides about a held post.
   *
   * @param force whether an author is trusted who is not proven; null for no
   */
  record DecideHeld(
      String holdId,
      HeldDecision decision,
      String comment,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean force)
      implements ListCommand {

    public DecideHeld {
      force = Boolean.TRUE.equals(force) ? true : null;
    }

    /** A decision as it is usually made. */
    public DecideHeld(String holdId, HeldDecision decision, String comment) {
      this(holdId, decision, comment, null);
    }

    /** Whether an author is trusted who is not proven. */
    public boolean forced() {
      return Boolean.TRUE.equals(force);
    }
  }

  /**
   * A moderator begins to look at a held post, goes on with it, or takes it over.
   *
   * @param release whether the claim ends instead
   */
  record ClaimHeld(String holdId, boolean release) implements ListCommand {}

  /** A moderator takes a decision about a held post back. */
  record UndoHeld(String holdId) implements ListCommand {}

  /** What a moderator can do with a held post. */
  enum HeldDecision {
    ACCEPT,
    /** Post it, and let the author through from now on. */
    ACCEPT_AND_TRUST,
    REJECT,
    DISCARD
  }

  /**
   * A moderator closes a thread: posts that belong to it are held or rejected.
   *
   * @param messageId of the post it began with, without angle brackets
   * @param subject of that post; empty when answers are told by their references alone
   * @param rejects whether such posts are rejected; held otherwise
   * @param days after which it opens by itself; null for never
   */
  record CloseThread(
      String messageId,
      String subject,
      boolean rejects,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer days)
      implements ListCommand {}

  /** A moderator opens a thread again. */
  record OpenThread(String messageId) implements ListCommand {}

  /**
   * A member follows a thread, or mutes it.
   *
   * @param messageId of a post of the thread, without angle brackets
   * @param subject of that post; empty when answers are told by their references alone
   */
  record WishThread(MailAddress address, String messageId, String subject, ThreadWish.Kind kind)
      implements ListCommand {}

  /**
   * A member ends such a wish.
   *
   * @param kind refused when the wish is of the other kind; null for either
   */
  record EndThreadWish(
      MailAddress address,
      String messageId,
      @JsonInclude(JsonInclude.Include.NON_NULL) ThreadWish.@Nullable Kind kind)
      implements ListCommand {}

  /** Time has passed: whatever is due is to be done. */
  record DoChores() implements ListCommand {}

  /** A moderator decides about somebody who wants to join or to leave. */
  record DecideRequest(String requestId, RequestDecision decision, String comment)
      implements ListCommand {}

  /** What a moderator can do with a request. */
  enum RequestDecision {
    /** It is done. */
    ACCEPT,
    /** It is not done, and who asked is told so. */
    REJECT,
    /** It is not done, and nobody is told. */
    DISCARD
  }

  /**
   * Owners invite somebody; who accepts joins without more ado.
   *
   * @param text what they write; may be empty
   */
  record Invite(List<MailAddress> addresses, String text) implements ListCommand {
    public Invite {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * A member changes what he gets, and how.
   *
   * @param displayName another name; null for the same
   */
  record ChangeOptions(MailAddress address, OptionsPatch options, @Nullable String displayName)
      implements ListCommand {}

  /**
   * A confirmation may be due. The owner of a list or of an account writes it, in the transaction
   * that writes the request down; its key is {@link Limit#key}, so that those who count for the
   * whole site have one order and one owner each.
   *
   * @param request what is to be confirmed
   * @param limit who counts next
   * @param member whether the address is where it wants to be already, so that it is told that
   *     instead
   * @param network the client's network; null when nobody knows it
   * @param text what those who invite write
   */
  record AskForConfirmation(
      PendingRequest request,
      Limit limit,
      boolean member,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String network,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) String text)
      implements ListCommand {
    public AskForConfirmation {
      text = requireNonNullElse(text, "");
    }
  }

  /** What confirmations are counted by, in this order. */
  enum Limit {
    /** By the network of the client that asked. */
    NETWORK,
    /** By the domain of the address. */
    DOMAIN,
    /** By the address. */
    ADDRESS;

    /**
     * The key that its commands have in the topic of commands.
     *
     * @param what a digest of the network, the domain or the address
     */
    public String key(String what) {
      return "confirmations:" + name().toLowerCase(Locale.ROOT) + ":" + what;
    }
  }

  /** An account wants one address more; its key in the topic is {@code account:NAME}. */
  record AskForAddress(String account, MailAddress address) implements ListCommand {}

  /** Somebody answers the confirmation of such an address; same key. */
  record ConfirmAddress(String requestId) implements ListCommand {}

  /** An account does without one of its further addresses; same key. */
  record DropAddress(String account, MailAddress address) implements ListCommand {}

  /**
   * Egress could not deliver a mail of the list.
   *
   * @param mail the post or notice
   * @param kind which of both it was
   * @param status enhanced status code (RFC 3463)
   * @param reason what the other host said
   */
  record NoteFailure(
      MailId mail,
      OutgoingMeta.Kind kind,
      MailAddress address,
      String status,
      String reason,
      Instant at)
      implements ListCommand {}

  /**
   * Copies of a post that is tracked have arrived, or never will.
   *
   * @param mail the post
   * @param at when
   */
  record NoteCopies(MailId mail, int delivered, int failed, Instant at) implements ListCommand {}

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
      implements ListCommand {}

  /** Forgets how copies to a member came back; if delivery stopped for it, it goes on. */
  record ForgetBounces(MailAddress address) implements ListCommand {}

  /** Nothing is sent to this address any more; its key is {@code suppression:ADDRESS}. */
  record PutSuppression(MailAddress address, String reason) implements ListCommand {}

  /** Mail is sent to this address again. */
  record DeleteSuppression(MailAddress address) implements ListCommand {}

  /**
   * Makes or replaces an account; its key in the topic is {@code account:NAME}.
   *
   * @param before the account as it was seen, null when there was none; refused when it is another
   *     one now
   */
  record PutAccount(Account account, @Nullable Account before) implements ListCommand {}

  /** Takes an account away. */
  record DeleteAccount(String name) implements ListCommand {}

  /** An account changes the searches that it keeps; same key. */
  record ChangeSearches(String account, SearchChange change) implements ListCommand {}

  /**
   * Puts a text in place of ours. Of a list it comes under the list's id, of a domain or the site
   * under {@link org.milena.common.directory.MailDomain#commandKey}.
   *
   * @param scope the id of a list, the name of a domain, or {@link
   *     org.milena.common.directory.MailDomain#SITE}
   * @param name which text, by Mailman's names: {@code list:user:notice:welcome}
   * @param language {@code en} or {@code de}
   */
  record PutTemplate(String scope, String name, String language, String text)
      implements ListCommand {}

  /** Takes such a text away, so that the next scope's is used again, ours in the end. */
  record DeleteTemplate(String scope, String name, String language) implements ListCommand {}

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
      implements ListCommand {
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
  record TakeOverMembers(List<Member> members) implements ListCommand {
    public TakeOverMembers {
      members = List.copyOf(members);
    }
  }

  /** A post that waited for a moderator elsewhere; its message lies there already. */
  record TakeOverHeld(Hold hold) implements ListCommand {}
}
