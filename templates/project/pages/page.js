const client = new EotClient({ room: 'lobby' });
const [time, form, list] = ['time', 'form', 'ul'].map((name) => document.querySelector(name));

client.subscribe('Time', ({ data }) => {
  time.textContent = new Date(data).toLocaleTimeString();
});

client.subscribe('Greet', ({ data }) => {
  const item = document.createElement('li');
  item.textContent = data;
  list.append(item);
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  client.send('Greet', form.elements.who.value);
});
