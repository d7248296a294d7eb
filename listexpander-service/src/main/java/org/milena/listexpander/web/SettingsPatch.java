package org.milena.listexpander.web;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.ListSettings;
import org.milena.common.directory.ListSettings.ArchiveAccess;
import org.milena.common.directory.ListSettings.SubscribePolicy;
import org.milena.common.directory.PostAction;
import org.milena.common.directory.ScanPolicy;

/**
 * Settings of a list, each one null that is to stay as it is.
 *
 * @param scanPolicy as a whole; what it leaves open is as by default
 * @param siteScanPolicy true to take the list's own policy away, so that the site's holds
 */
record SettingsPatch(
    @Nullable SubscribePolicy subscribePolicy,
    @Nullable PostAction nonMemberAction,
    @Nullable PostAction memberAction,
    @Nullable ArchiveAccess archiveAccess,
    @Nullable Boolean archived,
    @Nullable Integer maxSize,
    @Nullable Boolean verp,
    @Nullable PostAction unprovenAction,
    @Nullable PostAction disownedAction,
    @Nullable PostAction suspectAction,
    @Nullable WantedScanPolicy scanPolicy,
    @Nullable Boolean siteScanPolicy) {

  /** Whether it makes the scanner treat the list's mail otherwise. */
  boolean changesScanPolicy(ListSettings now) {
    return !Objects.equals(now.scanPolicy(), scanPolicy(now));
  }

  private @Nullable ScanPolicy scanPolicy(ListSettings now) {
    if (scanPolicy != null) {
      return scanPolicy.policy();
    }
    return Boolean.TRUE.equals(siteScanPolicy) ? null : now.scanPolicy();
  }

  ListSettings over(ListSettings now) {
    return new ListSettings(
        subscribePolicy == null ? now.subscribePolicy() : subscribePolicy,
        nonMemberAction == null ? now.nonMemberAction() : nonMemberAction,
        memberAction == null ? now.memberAction() : memberAction,
        archiveAccess == null ? now.archiveAccess() : archiveAccess,
        archived == null ? now.archived() : archived,
        maxSize == null ? now.maxSize() : maxSize,
        verp == null ? now.verp() : verp,
        unprovenAction == null ? now.unprovenAction() : unprovenAction,
        disownedAction == null ? now.disownedAction() : disownedAction,
        suspectAction == null ? now.suspectAction() : suspectAction,
        scanPolicy(now));
  }
}
