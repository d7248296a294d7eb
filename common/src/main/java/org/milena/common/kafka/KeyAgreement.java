package org.milena.common.kafka;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.milena.common.failure.UnfitException;
import org.milena.common.table.Table;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * That all instances have the same signing keys. Each claims its keys in the site's table; who
 * finds another claim on the same id does not run. Of two that start at the same moment the one
 * whose claim is the later in the log finds the earlier.
 */
final class KeyAgreement {
  private static final Logger log = LoggerFactory.getLogger(KeyAgreement.class);
  private static final String PREFIX = "key/";
  private static final int ALL = 10_000;

  private final Table<SiteFact> site;

  KeyAgreement(Table<SiteFact> site) {
    this.site = site;
  }

  /**
   * Claims these keys.
   *
   * @param fingerprints by id of the key
   * @throws UnfitException when the site has another key under one of these ids
   */
  void agree(Map<String, String> fingerprints) {
    fingerprints.forEach(this::agree);
    Set<String> missing = new TreeSet<>();
    for (String claim : claims("")) {
      String id = claim.substring(PREFIX.length(), claim.indexOf('/', PREFIX.length()));
      if (!fingerprints.containsKey(id)) {
        missing.add(id);
      }
    }
    if (!missing.isEmpty()) {
      log.warn(
          "The site has used the signing keys {}, which this instance does not have: links and"
              + " return paths signed with them are refused here. That is right for keys that were"
              + " withdrawn only.",
          missing);
    }
  }

  private void agree(String id, String fingerprint) {
    String own = PREFIX + id + "/" + fingerprint;
    List<String> claims = claims(id + "/");
    if (claims.equals(List.of(own))) {
      return;
    }
    if (claims.isEmpty()) {
      site.put(own, new SiteFact("claimed"));
      if (claims(id + "/").equals(List.of(own))) {
        return;
      }
      site.delete(own);
    }
    throw new UnfitException(
        "Signing key %s of this instance differs from the one the site uses: links and return paths signed by one instance would be refused by another. Give all instances the same key files."
            .formatted(id));
  }

  private List<String> claims(String of) {
    return site.scan(PREFIX + of, "", ALL).stream().map(Map.Entry::getKey).toList();
  }
}
