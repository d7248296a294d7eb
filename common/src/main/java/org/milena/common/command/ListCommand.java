package org.milena.common.command;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A change somebody wants of a list. It is written to the list's sequence in {@link
 * org.milena.common.event.Topics#LISTS}, decided by the list's one owner there, and answered by a
 * {@link CommandOutcome}. What was changed is kept for good in {@link
 * org.milena.common.event.Topics#AUDIT}.
 *
 * <p>Each subject has an interface of its own with its records; the names that all of them have in
 * JSON stand here.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ListChange.CreateList.class, name = "create-list"),
  @JsonSubTypes.Type(value = ListChange.WelcomeOwners.class, name = "welcome-owners"),
  @JsonSubTypes.Type(value = ListChange.ChangeList.class, name = "change-list"),
  @JsonSubTypes.Type(value = ListChange.DeleteList.class, name = "delete-list"),
  @JsonSubTypes.Type(value = AddressChange.RenameList.class, name = "rename-list"),
  @JsonSubTypes.Type(value = AddressChange.ClaimAddress.class, name = "claim-address"),
  @JsonSubTypes.Type(value = AddressChange.TakeAddress.class, name = "take-address"),
  @JsonSubTypes.Type(value = ListChange.RetireList.class, name = "retire-list"),
  @JsonSubTypes.Type(value = ListChange.SetModeratorSecret.class, name = "set-moderator-secret"),
  @JsonSubTypes.Type(value = DomainChange.PutDomain.class, name = "put-domain"),
  @JsonSubTypes.Type(value = DomainChange.DeleteDomain.class, name = "delete-domain"),
  @JsonSubTypes.Type(value = MemberChange.PutMembers.class, name = "put-members"),
  @JsonSubTypes.Type(value = MemberChange.RemoveMembers.class, name = "remove-members"),
  @JsonSubTypes.Type(value = RequestChange.Subscribe.class, name = "subscribe"),
  @JsonSubTypes.Type(value = RequestChange.Unsubscribe.class, name = "unsubscribe"),
  @JsonSubTypes.Type(value = RequestChange.Confirm.class, name = "confirm"),
  @JsonSubTypes.Type(value = HeldChange.DecideHeld.class, name = "decide-held"),
  @JsonSubTypes.Type(value = HeldChange.ClaimHeld.class, name = "claim-held"),
  @JsonSubTypes.Type(value = HeldChange.UndoHeld.class, name = "undo-held"),
  @JsonSubTypes.Type(value = ThreadChange.CloseThread.class, name = "close-thread"),
  @JsonSubTypes.Type(value = ThreadChange.OpenThread.class, name = "open-thread"),
  @JsonSubTypes.Type(value = ThreadChange.WishThread.class, name = "wish-thread"),
  @JsonSubTypes.Type(value = ThreadChange.EndThreadWish.class, name = "end-thread-wish"),
  @JsonSubTypes.Type(value = PostChange.RemovePosts.class, name = "remove-posts"),
  @JsonSubTypes.Type(value = PostChange.RedactPost.class, name = "redact-post"),
  @JsonSubTypes.Type(value = ListChange.DoChores.class, name = "do-chores"),
  @JsonSubTypes.Type(value = RequestChange.DecideRequest.class, name = "decide-request"),
  @JsonSubTypes.Type(value = RequestChange.Invite.class, name = "invite"),
  @JsonSubTypes.Type(value = MemberChange.ChangeOptions.class, name = "change-options"),
  @JsonSubTypes.Type(value = RequestChange.AskForConfirmation.class, name = "ask-for-confirmation"),
  @JsonSubTypes.Type(value = AccountChange.AskForAddress.class, name = "ask-for-address"),
  @JsonSubTypes.Type(value = AccountChange.ConfirmAddress.class, name = "confirm-address"),
  @JsonSubTypes.Type(value = AccountChange.DropAddress.class, name = "drop-address"),
  @JsonSubTypes.Type(value = DeliveryChange.NoteFailure.class, name = "note-failure"),
  @JsonSubTypes.Type(value = DeliveryChange.NoteCopies.class, name = "note-copies"),
  @JsonSubTypes.Type(value = MemberChange.TakeSource.class, name = "take-source"),
  @JsonSubTypes.Type(value = DeliveryChange.ForgetBounces.class, name = "forget-bounces"),
  @JsonSubTypes.Type(value = DeliveryChange.PutSuppression.class, name = "put-suppression"),
  @JsonSubTypes.Type(value = DeliveryChange.DeleteSuppression.class, name = "delete-suppression"),
  @JsonSubTypes.Type(value = AccountChange.PutAccount.class, name = "put-account"),
  @JsonSubTypes.Type(value = AccountChange.DeleteAccount.class, name = "delete-account"),
  @JsonSubTypes.Type(value = AccountChange.ChangeSearches.class, name = "change-searches"),
  @JsonSubTypes.Type(value = TemplateChange.PutTemplate.class, name = "put-template"),
  @JsonSubTypes.Type(value = TemplateChange.DeleteTemplate.class, name = "delete-template"),
  @JsonSubTypes.Type(value = TakeOverChange.TakeOverList.class, name = "take-over-list"),
  @JsonSubTypes.Type(value = TakeOverChange.TakeOverMembers.class, name = "take-over-members"),
  @JsonSubTypes.Type(value = TakeOverChange.TakeOverHeld.class, name = "take-over-held")
})
public sealed interface ListCommand
    permits AccountChange,
        AddressChange,
        DeliveryChange,
        DomainChange,
        HeldChange,
        ListChange,
        MemberChange,
        PostChange,
        RequestChange,
        TakeOverChange,
        TemplateChange,
        ThreadChange {}
