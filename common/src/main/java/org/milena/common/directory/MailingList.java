package org.milena.common.directory;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;

/**
 * A list.
 *
 * @param id immutable, whatever the list is renamed to
 * @param address where one posts
 * @param displayName a few words; shown in List-Id and on the web
 * @param version counts changes, from 1
 * @param formerAddresses where one posted once, and may for a time
 * @param moderatorSecret Argon2id of the password that {@code Approved} fields are checked against;
 *     null for none
 * @param retired whether it is closed for good: it takes no posts, and its archive stays
 */
public record MailingList(
    ListId id,
    MailAddress address,
    String displayName,
    String description,
    ListSettings settings,
    Instant createdAt,
    long version,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FormerAddress> formerAddresses,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String moderatorSecret,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean retired) {

  /**
   * An address of the past.
   *
   * @param until when it ends to be one
   */
  public record FormerAddress(MailAddress address, Instant until) {}

  /** What an older record leaves open is as by default. */
  public MailingList {
    formerAddresses = List.copyOf(requireNonNullElse(formerAddresses, List.of()));
    retired = Boolean.TRUE.equals(retired) ? true : null;
  }

  /** A list that is as it was made. */
  public MailingList(
      ListId id,
      MailAddress address,
      String displayName,
      String description,
      ListSettings settings,
      Instant createdAt,
      long version) {
    this(
        id, address, displayName, description, settings, createdAt, version, List.of(), null, null);
  }

  /** Does not show the secret. */
  @Override
  public String toString() {
    return "MailingList[" + address + ", version " + version + "]";
  }

  /** Whether it is closed for good. */
  public boolean closedForGood() {
    return Boolean.TRUE.equals(retired);
  }

  /** The same with other settings. */
  public MailingList with(ListSettings others) {
    return new MailingList(
        id,
        address,
        displayName,
        description,
        others,
        createdAt,
        version,
        formerAddresses,
        moderatorSecret,
        retired);
  }

  /** The next version of it. */
  public MailingList next() {
    return new MailingList(
        id,
        address,
        displayName,
        description,
        settings,
        createdAt,
        version + 1,
        formerAddresses,
        moderatorSecret,
        retired);
  }

  /** The same under other words. */
  public MailingList described(String name, String text) {
    return new MailingList(
        id,
        address,
        name,
        text,
        settings,
        createdAt,
        version,
        formerAddresses,
        moderatorSecret,
        retired);
  }

  /**
   * The same at another address.
   *
   * @param former all that still count
   */
  public MailingList at(MailAddress other, List<FormerAddress> former) {
    return new MailingList(
        id,
        other,
        displayName,
        description,
        settings,
        createdAt,
        version,
        former,
        moderatorSecret,
        retired);
  }

  /** The same, closed or open. */
  public MailingList withRetired(boolean closed) {
    return new MailingList(
        id,
        address,
        displayName,
        description,
        settings,
        createdAt,
        version,
        formerAddresses,
        moderatorSecret,
        closed);
  }

  /** The same with another secret for moderators; null for none. */
  public MailingList withModeratorSecret(@Nullable String argon2id) {
    return new MailingList(
        id,
        address,
        displayName,
        description,
        settings,
        createdAt,
        version,
        formerAddresses,
        argon2id,
        retired);
  }

  /** Whether this is its address, or one of those that it still answers to. */
  public boolean isAt(MailAddress other, Instant now) {
    return address.key().equals(other.key())
        || formerAddresses.stream()
            .anyMatch(former ->
                former.address().key().equals(other.key()) && now.isBefore(former.until()));
  }

  /** A role address of this list: {@code users-request@…} for suffix {@code request}. */
  public MailAddress roleAddress(String suffix) {
    return address.withLocalPart(address.localPart() + "-" + suffix);
  }
}
