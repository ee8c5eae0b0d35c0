package io.linli.groupbuy.supplier;

import java.util.UUID;

/// Who sells the items of a group buy.
public record Supplier(UUID id, String name) {}
