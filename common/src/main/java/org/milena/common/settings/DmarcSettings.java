package org.milena.common.settings;

import java.util.List;

/**
 * What is done so that receivers take copies of posts whose author's domain has a DMARC policy (RFC
 * 9989). Nothing is, where the author's DKIM signature outlives what the list changes.
 *
 * @param dmarcAction what is done
 * @param dmarcWhen for which posts
 * @param dmarcAddresses patterns of authors for whom it always is
 * @param dmarcExcept patterns of authors for whom it never is
 * @param dmarcNotice what a rejected author is told; empty for the usual words
 */
public record DmarcSettings(
    DmarcAction dmarcAction,
    DmarcWhen dmarcWhen,
    List<String> dmarcAddresses,
    List<String> dmarcExcept,
    String dmarcNotice) {

  /** {@code From} is rewritten where it must be. */
  public static final DmarcSettings DEFAULT =
      new DmarcSettings(DmarcAction.MUNGE, DmarcWhen.QUARANTINE, List.of(), List.of(), "");

  public DmarcSettings {
    dmarcAddresses = List.copyOf(dmarcAddresses);
    dmarcExcept = List.copyOf(dmarcExcept);
  }
}
