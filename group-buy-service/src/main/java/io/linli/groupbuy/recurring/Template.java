package io.linli.groupbuy.recurring;

import java.util.UUID;

/// A group buy kept under a name to be offered again. As long as that group buy may be edited, its template follows it.
record Template(UUID id, UUID community, String name, UUID groupBuyId) {}
