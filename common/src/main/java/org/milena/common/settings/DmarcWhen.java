package org.milena.common.settings;

/** Which posts need something done for DMARC. */
public enum DmarcWhen {
  /** Those whose author's domain asks for reject. */
  REJECT,
  /** Those whose author's domain asks for quarantine or reject. */
  QUARANTINE,
  /** Those whose author's domain publishes any policy. */
  ANY_POLICY,
  /** All. */
  ALWAYS
}
