package org.milena.scanner.authentication.dkim;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.NameLookup;

/**
 * A DNS that holds one answer for a name, whatever it is; the last one counts. Asked for anything
 * but TXT, it fails the test.
 */
public final class KeyRecords implements NameLookup {

  private final Map<String, Answer<String>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new ArrayList<>();

  /** Holds the keys of these signers. */
  public static KeyRecords of(TestSigner... signers) {
    var records = new KeyRecords();
    for (TestSigner signer : signers) {
      records.put(signer.keyName(), signer.keyRecord());
    }
    return records;
  }

  /** Another name. */
  public KeyRecords put(String name, String... texts) {
    return put(name, new Answer.Found<>(List.of(texts)));
  }

  /** Another name. */
  public KeyRecords put(String name, Answer<String> answer) {
    answers.put(name.toLowerCase(Locale.ROOT), answer);
    return this;
  }

  /** What was asked so far. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Answer<String> txt(String name) {
    asked.add(name);
    return answers.getOrDefault(name.toLowerCase(Locale.ROOT), new Answer.NoName<>());
  }

  @Override
  public Answer<InetAddress> ipv4(String name) {
    throw new AssertionError("DKIM asks for no address");
  }

  @Override
  public Answer<InetAddress> ipv6(String name) {
    throw new AssertionError("DKIM asks for no address");
  }

  @Override
  public Answer<String> mx(String name) {
    throw new AssertionError("DKIM asks for no MX");
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    throw new AssertionError("DKIM asks for no PTR");
  }
}
