package org.milena.listexpander.web;

import org.jspecify.annotations.Nullable;
import org.milena.common.directory.ListSettings;
import org.milena.common.directory.ListSettings.ArchiveAccess;
import org.milena.common.directory.ListSettings.SubscribePolicy;
import org.milena.common.directory.PostAction;

/** Settings of a list, each one null that is to stay as it is. */
record SettingsPatch(
    @Nullable SubscribePolicy subscribePolicy,
    @Nullable PostAction nonMemberAction,
    @Nullable PostAction memberAction,
    @Nullable ArchiveAccess archiveAccess,
    @Nullable Boolean archived,
    @Nullable Integer maxSize,
    @Nullable Boolean verp) {

  ListSettings over(ListSettings now) {
    return new ListSettings(
        subscribePolicy == null ? now.subscribePolicy() : subscribePolicy,
        nonMemberAction == null ? now.nonMemberAction() : nonMemberAction,
        memberAction == null ? now.memberAction() : memberAction,
        archiveAccess == null ? now.archiveAccess() : archiveAccess,
        archived == null ? now.archived() : archived,
        maxSize == null ? now.maxSize() : maxSize,
        verp == null ? now.verp() : verp);
  }
}
