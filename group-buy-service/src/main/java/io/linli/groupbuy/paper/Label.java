package io.linli.groupbuy.paper;

import java.util.List;

/// A label to stick on a parcel: a few large words and some lines below.
public record Label(String heading, List<String> lines) {}
