package org.milena.listexpander.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.ScanPolicy;
import org.milena.common.directory.ScanPolicy.Unscannable;
import org.milena.common.event.ScanReport.Passage;

/** A {@link ScanPolicy} as it is asked for: what is null is as by default. */
record WantedScanPolicy(
    @Nullable Integer quorum,
    @Nullable Duration patience,
    @Nullable Unscannable unscannable,
    @Nullable Passage encrypted,
    @Nullable Passage macros,
    @Nullable Passage attachments,
    @Nullable Passage spam) {

  WantedScanPolicy {
    if ((quorum != null && quorum < 0) || (patience != null && patience.isNegative())) {
      throw new IllegalArgumentException("quorum and patience are not below zero");
    }
  }

  ScanPolicy policy() {
    ScanPolicy usual = ScanPolicy.DEFAULT;
    return new ScanPolicy(
        quorum == null ? usual.quorum() : quorum,
        patience == null ? usual.patience() : patience,
        unscannable == null ? usual.unscannable() : unscannable,
        encrypted == null ? usual.encrypted() : encrypted,
        macros == null ? usual.macros() : macros,
        attachments == null ? usual.attachments() : attachments,
        spam == null ? usual.spam() : spam);
  }
}
