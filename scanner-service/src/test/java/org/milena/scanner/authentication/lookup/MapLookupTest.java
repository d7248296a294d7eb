package org.milena.scanner.authentication.lookup;

class MapLookupTest implements NameLookupContract {
  private final MapLookup names =
      new MapLookup()
          .txt("good.example", "v=spf1 -all")
          .txt("good.example", "two parts")
          .address("good.example", "192.0.2.7")
          .address("good.example", "192.0.2.8")
          .mx("good.example", "first.example")
          .mx("good.example", "second.example")
          .address("six.example", "2001:db8::7")
          .mx("null.example", "")
          .cname("alias.example", "other.example")
          .cname("other.example", "good.example")
          .cname("lost.example", "gone.example")
          .cname("bare.example", "six.example")
          .cname("loop.example", "loop2.example")
          .cname("loop2.example", "loop.example")
          .address("below.empty.example", "192.0.2.9")
          .address("foo:bar/b@z\\.example", "192.0.2.10")
          .ptr("192.0.2.7", "good.example")
          .ptr("2001:db8::7", "six.example")
          .trouble("broken.example");

  @Override
  public NameLookup names() {
    return names;
  }
}
