package org.milena.scanner.authentication.dmarc;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.milena.scanner.authentication.lookup.Answer;
import org.milena.scanner.authentication.lookup.NameLookup;

/** A DNS in memory that counts what it is asked. A name below which there is one exists. */
public final class MemoryNames implements NameLookup {

  private final Map<String, List<String>> texts = new HashMap<>();
  private final Set<String> existing = new HashSet<>();
  private final Set<String> silent = new HashSet<>();
  private final List<String> asked = new ArrayList<>();

  /** Publishes a TXT record. */
  public MemoryNames txt(String name, String record) {
    texts.computeIfAbsent(key(name), _ -> new ArrayList<>()).add(record);
    return host(name);
  }

  /** Publishes a policy. */
  public MemoryNames policy(String domain, String record) {
    return txt("_dmarc." + domain, record);
  }

  /** Makes a name exist. */
  public MemoryNames host(String name) {
    String rest = key(name);
    existing.add(rest);
    while (rest.indexOf('.') >= 0) {
      rest = rest.substring(rest.indexOf('.') + 1);
      existing.add(rest);
    }
    return this;
  }

  /** Makes every question for a name go unanswered. */
  public MemoryNames silent(String name) {
    silent.add(key(name));
    return this;
  }

  /** Names that were asked for, in their order. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Answer<String> txt(String name) {
    return answer(name, texts.getOrDefault(key(name), List.of()));
  }

  @Override
  public Answer<InetAddress> ipv4(String name) {
    return answer(name, List.of());
  }

  @Override
  public Answer<InetAddress> ipv6(String name) {
    return answer(name, List.of());
  }

  @Override
  public Answer<String> mx(String name) {
    return answer(name, List.of());
  }

  @Override
  public Answer<String> ptr(InetAddress address) {
    return new Answer.NoName<>();
  }

  private <T> Answer<T> answer(String name, List<T> records) {
    asked.add(name);
    if (silent.contains(key(name))) {
      return new Answer.Trouble<>("no answer for " + name);
    }
    if (!records.isEmpty()) {
      return new Answer.Found<>(records);
    }
    return existing.contains(key(name)) ? new Answer.NoData<>() : new Answer.NoName<>();
  }

  private static String key(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
